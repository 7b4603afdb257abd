"""The dense term: a head fitted to the picture itself, not to 68 points of it.

Live tracking does not use it. Of performers, whose skin is like the model's, it finds the head a
third nearer to the truth than 68 points do; of people in films, whose beards and shadows the
model does not know, it draws the jaw in.
"""
