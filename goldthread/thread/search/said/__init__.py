"""What each room says to search: its things in the words of each audience, and its doors asked again."""
