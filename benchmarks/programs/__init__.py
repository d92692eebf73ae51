"""Programs of others' making, as small as they get: what ours is measured against."""
