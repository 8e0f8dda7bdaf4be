"""Characters of symbol fonts, as the Unicode characters a reader sees."""

from __future__ import annotations

_SYMBOL = {
    0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB9: "≠", 0xD7: "⋅", 0xAE: "→",
    0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√", 0xA5: "∞", 0x61: "α", 0x62: "β",
    0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x44: "Δ", 0x57: "Ω", 0xBC: "…", 0xA7: "♣",
    0xA8: "♦", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xD2: "®", 0xD3: "©", 0xD4: "™",
}  # fmt: skip
_WINGDINGS = {
    0xA7: "▪", 0xA8: "◻", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xD8: "➢", 0xE0: "→",
    0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: "☑", 0x6C: "●",
    0x4A: "☺", 0x28: "☎", 0x2A: "✉", 0x9F: "•", 0xF0: "⇨", 0x77: "⬥", 0x73: "⬧",
}  # fmt: skip


def symbol(code: int, font: str) -> str:
    """The character that a code of a symbol font shows; a bullet for one that is not known."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if font.lower().startswith("wingdings"):
        return _WINGDINGS.get(low, "▪")
    if font.lower() == "symbol":
        return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else "•")
    if 0xF000 <= code <= 0xF0FF:
        return chr(low) if 0x20 <= low < 0x7F else _SYMBOL.get(low, "•")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def bullet(text: str, font: str) -> str:
    """A list's bullet as printed."""
    if not text:
        return "•"
    if text == "o" and font.lower().startswith("courier"):
        return "◦"
    return "".join(
        symbol(ord(c), font) if "\uf000" <= c <= "\uf0ff" or font.lower().startswith("wing") else c
        for c in text
    ).strip()
