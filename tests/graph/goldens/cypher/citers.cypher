MATCH (n:Provision)
WHERE n.id > ''
WITH n ORDER BY n.id LIMIT $p0
RETURN collect([n.id, COLLECT {
MATCH (h_s2)-[e_s1:CITES|REFERS_TO]->(n)
WHERE ((h_s2:Resource AND type(e_s1) IN ['CITES'] AND (e_s1.path = 'basis.provision' OR e_s1.path = 'responsibilities.citation.provision')) OR (h_s2:Field AND type(e_s1) IN ['CITES'] AND (e_s1.path = 'basis.provision')) OR (h_s2:Condition AND type(e_s1) IN ['CITES'] AND (e_s1.path = 'citation.provision')) OR (h_s2:Clock AND type(e_s1) IN ['CITES'] AND (e_s1.path = 'citation.provision')) OR (h_s2:Provision AND type(e_s1) IN ['REFERS_TO'] AND (e_s1.path = 'references.target')) OR (h_s2:Demand AND type(e_s1) IN ['CITES'] AND (e_s1.path = 'authority.provision' OR e_s1.path = 'history.citation.provision')) OR (h_s2:Regulation AND type(e_s1) IN ['CITES'] AND (e_s1.path = 'basis.provision' OR e_s1.path = 'relations.citation.provision')))
WITH DISTINCT h_s2 ORDER BY h_s2.id LIMIT $s0
RETURN [h_s2.id, h_s2.name, h_s2.long] }]) AS rows
