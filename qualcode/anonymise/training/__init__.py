"""How the shipped name model and word lists were made, so that anybody can make them again; never used at run time."""
