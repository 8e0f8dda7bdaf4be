"""Boards and their meetings: papers, agendas, packs, minutes, decisions and actions arising."""
