"""Training data: pictures of people who do not exist, with labels that are exact.

`Recipe` is all that chance settles about one picture; `Person` who it is, made from a head model;
what is in front of each sample is found out by `raster`, what it shows by `pixels`; `labels` says
what is known. No graphics card is used: a picture is the same wherever it is made.
"""
