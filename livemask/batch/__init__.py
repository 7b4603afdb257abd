"""Works through many films and photos: in several processes, or on a Dask cluster."""
