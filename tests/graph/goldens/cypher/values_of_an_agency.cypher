MATCH (n:Agency)
WHERE n.id > ''
WITH n ORDER BY n.id LIMIT $p0
RETURN collect([n.id, n.name, COLLECT {
MATCH (h_s2)<-[e_s1:RESPONSIBLE_FOR]-(n)
WHERE any(v_s3 IN e_s1.roles
WHERE v_s3 IN $s0)
WITH e_s1, h_s2 ORDER BY h_s2.id, e_s1.position LIMIT $s1
RETURN [h_s2.responsibilities, e_s1.position, [h_s2.id, h_s2.name, h_s2.long]] }, COUNT {
MATCH (h_s2)<-[e_s1:RESPONSIBLE_FOR]-(n)
WHERE any(v_s3 IN e_s1.roles
WHERE v_s3 IN $s0)
RETURN e_s1 }, n.long]) AS rows
