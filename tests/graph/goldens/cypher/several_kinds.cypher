MATCH (n:Gap)
WHERE n.id > ''
WITH n ORDER BY n.id LIMIT $p0
RETURN collect([n.id, COLLECT {
MATCH (n)-[e_s1:ABOUT]->(t_s2)
RETURN [t_s2.id, t_s2.name, t_s2.long] }]) AS rows
