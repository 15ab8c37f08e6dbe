MATCH (n:Field) USING INDEX n:Field(resource, id)
WHERE n.resource = $p0 AND n.id > ''
WITH n ORDER BY n.resource, n.id LIMIT $p1
RETURN collect([n.id, n.name, n.long]) AS rows
