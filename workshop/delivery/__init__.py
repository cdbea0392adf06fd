"""A finished kit into people’s hands: briefings by e-mail, each sent once; packs on a printer."""
