OPTIONAL
MATCH (c:Catalogue {id: 'catalogue'}) OPTIONAL
MATCH (r:Revision {number: c.revision})
RETURN c.revision AS number, r.at AS at, r.change_set AS change_set
