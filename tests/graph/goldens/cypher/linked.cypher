MATCH (t:Agency)
MATCH (n:Resource)<-[e:RESPONSIBLE_FOR]-(t)
WHERE t.id IN $p0
WITH DISTINCT n
WHERE n.id > '' AND EXISTS {
MATCH (n)<-[e_p1:RESPONSIBLE_FOR]-(t_p2)
WHERE t_p2.id IN $p1 AND any(v_p3 IN e_p1.roles
WHERE v_p3 IN $p2) }
WITH n ORDER BY n.id LIMIT $p3
RETURN collect([n.id, n.name, n.long]) AS rows
