"""Invented names for copies of people. Nobody here is anybody."""

from __future__ import annotations

from demo.simulation.shapes import dice

GIVEN = (
    "Aino", "Amara", "Anouk", "Arjun", "Asel", "Bashir", "Beatriz", "Bogdan", "Chidi", "Chiara", "Dalia", "Dimitri",
    "Eirik", "Esra", "Farah", "Felix", "Gita", "Guillem", "Hana", "Hiro", "Imani", "Ines", "Ivo", "Jarek", "Jia",
    "Kaia", "Kofi", "Laszlo", "Leila", "Malik", "Marit", "Mina", "Nadia", "Noor", "Oluchi", "Otto", "Paloma", "Pavel",
    "Ravi", "Rosa", "Saga", "Selim", "Tadeo", "Thandi", "Ulla", "Vera", "Wanjiru", "Xiomara", "Yusuf", "Zofia",
)  # fmt: skip
FAMILY = (
    "Abara", "Almeida", "Andersson", "Aydin", "Banerjee", "Bianchi", "Castellanos", "Chaudhry", "Dlamini", "Dvorak",
    "Eriksen", "Fernando", "Fischer", "Gebre", "Grigoryan", "Halonen", "Hashimoto", "Iyer", "Jansen", "Kamau",
    "Kaplan", "Kovacs", "Lindqvist", "Lopes", "Mahmood", "Marin", "Mensah", "Moreau", "Nakata", "Nwosu", "Olsen",
    "Ozturk", "Park", "Pereira", "Quist", "Rahman", "Ribeiro", "Sandoval", "Shah", "Sokolov", "Tanaka", "Tesfaye",
    "Ueda", "Vogel", "Weiss", "Xu", "Yamada", "Yilmaz", "Zeman", "Zhao",
)  # fmt: skip


def new_name(seed: int, old: str) -> str:
    """Another name for the person with this address, always the same one."""
    chance = dice(seed, f"name of {old}")
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
