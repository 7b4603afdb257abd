"""How the 68 points of livemask's heads lie among the 468 of the face mesh."""
