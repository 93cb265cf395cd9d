-- Facts are named alike: kind of thing, dot, what happened, in small letters.
update event set kind = lower(kind) where kind like 'cluster.%';
update event set kind = 'tree.' || substr(kind, 11) where kind like 'workspace.%';
