MATCH (n:Resource)
WHERE n.id > ''
WITH n ORDER BY n.id LIMIT $p0
RETURN collect([n.id, n.basis, n.name, n.share_type, COLLECT {
MATCH (h_s2)<-[e_s1:HAS_FIELD]-(n)
WITH e_s1, h_s2 ORDER BY h_s2.position, h_s2.id LIMIT $s0
RETURN [h_s2.id, h_s2.name, COLLECT {
MATCH (h_s2)-[e_s3:MEANS]->(t_s4)
RETURN [t_s4.id, t_s4.name, t_s4.long] }, h_s2.long] }, COUNT {
MATCH (h_s2)<-[e_s1:HAS_FIELD]-(n)
RETURN e_s1 }, [n.responsibilities, COLLECT {
MATCH (n)<-[e_s5:RESPONSIBLE_FOR]-(t_s6)
RETURN [e_s5.position, [t_s6.id, t_s6.name, t_s6.long]] }, COLLECT {
MATCH (n)-[e_s7:CITES]->(t_s8)
WHERE e_s7.path = 'responsibilities.citation.provision'
RETURN [e_s7.position, [t_s8.id, t_s8.label, t_s8.long]] }], COLLECT {
MATCH (n)-[e_s9:FULFILS]->(t_s10)
WITH e_s9, t_s10 ORDER BY e_s9.position
RETURN [t_s10.id, t_s10.name, t_s10.long] }, COLLECT {
MATCH (h_s12)-[e_s11:ABOUT]->(n)
WHERE h_s12.severity = $s1
WITH e_s11, h_s12 ORDER BY h_s12.id
RETURN [h_s12.id, h_s12.message] }, n.long]) AS rows
