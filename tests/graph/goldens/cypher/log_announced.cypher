MATCH (c:Change) USING INDEX c:Change(revision, rank, id)
WHERE c.revision > $p0 AND c.rank >= 0 AND c.id >= '' AND c.rank IN $p1
WITH c ORDER BY c.revision, c.rank, c.id LIMIT $p2
MATCH (r:Revision {number: c.revision})
WITH c, r ORDER BY c.revision, c.rank, c.id
RETURN collect([c.revision, r.at, r.actor, c.kind, c.id, c.change, c.source]) AS rows
