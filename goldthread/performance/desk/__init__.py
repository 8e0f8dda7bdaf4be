"""The desk of measures: the room, each measure, what is asked, checked and approved about it."""
