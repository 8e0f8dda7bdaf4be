"""Rules of delivery: years, states and their moves, roll-up, what is late or silent."""
