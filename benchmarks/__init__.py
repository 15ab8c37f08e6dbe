"""What Mulu costs, as ratios in one interleaved run. Nothing here is a test, and no test measures time."""
