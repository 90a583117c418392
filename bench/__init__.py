"""How long pages take, as a multiple of a bare Django view of equal size on the same servers in the same run."""
