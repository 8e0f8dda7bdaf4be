"""The writes of performance: one verb each, asked for, recorded."""
