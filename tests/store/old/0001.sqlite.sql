BEGIN TRANSACTION;
CREATE TABLE acceptances (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	answer TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	voice TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	reaction TEXT, 
	UNIQUE (answer, person), 
	FOREIGN KEY(number) REFERENCES questions (number)
);
INSERT INTO "acceptances" VALUES(1,'$a1',1,'@ann:acme.com','asker',1800000120000,'$r1');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answers (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	author TEXT NOT NULL, 
	text TEXT NOT NULL, 
	created_at INTEGER NOT NULL, 
	room_id TEXT NOT NULL, 
	withdrawn BOOLEAN NOT NULL, 
	UNIQUE (event_id), 
	FOREIGN KEY(number) REFERENCES questions (number)
);
INSERT INTO "answers" VALUES(1,'$a1',1,'@bob:example.org','With paper.',1800000060000,'!room:example.org',0);
CREATE TABLE facts (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	space TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	data TEXT NOT NULL
);
INSERT INTO "facts" VALUES(1,1800000000000,'QuestionAsked','@ann:acme.com','!room:example.org','helpdesk',1,'{"asker":"@ann:acme.com","assignee":null,"tags":["printer"]}');
CREATE TABLE inbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event_id TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	received_at INTEGER NOT NULL, 
	payload TEXT, 
	state TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	not_before INTEGER NOT NULL, 
	reference TEXT, 
	UNIQUE (event_id)
);
INSERT INTO "inbox" VALUES(1,'$q1','!room:example.org',1800000000000,NULL,'done',0,0,NULL);
INSERT INTO "inbox" VALUES(2,'$next','!room:example.org',1800000003000,'{"event_id":"$next"}','new',0,0,NULL);
CREATE TABLE members (
	room_id TEXT NOT NULL, 
	user_id TEXT NOT NULL, 
	membership TEXT NOT NULL, 
	display_name TEXT NOT NULL, 
	PRIMARY KEY (room_id, user_id)
)
 WITHOUT ROWID

;
INSERT INTO "members" VALUES('!room:example.org','@ann:acme.com','join','Ann');
CREATE TABLE outbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	effect_id TEXT NOT NULL, 
	lane TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	payload TEXT, 
	created_at INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	not_before INTEGER NOT NULL, 
	event_id TEXT, 
	reason TEXT, 
	UNIQUE (effect_id)
);
INSERT INTO "outbox" VALUES(1,'e1','!room:example.org','post_card',NULL,1800000000000,'done',0,0,'$card1',NULL);
INSERT INTO "outbox" VALUES(2,'e2','!room:example.org','edit_card','{"room_id":"!room:example.org","number":1}',1800000120000,'new',0,0,NULL,NULL);
CREATE TABLE persons (
	user_id TEXT NOT NULL, 
	language TEXT, 
	direct_room TEXT, 
	PRIMARY KEY (user_id)
);
INSERT INTO "persons" VALUES('@ann:acme.com','fr',NULL);
CREATE TABLE question_tags (
	tag TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (tag, number), 
	FOREIGN KEY(number) REFERENCES questions (number)
)
 WITHOUT ROWID

;
INSERT INTO "question_tags" VALUES('printer',1);
CREATE TABLE questions (
	number INTEGER NOT NULL, 
	space TEXT NOT NULL, 
	room_id TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	thread_root TEXT NOT NULL, 
	asker TEXT NOT NULL, 
	text TEXT NOT NULL, 
	created_at INTEGER NOT NULL, 
	tags TEXT NOT NULL, 
	attachments TEXT NOT NULL, 
	directed_to TEXT NOT NULL, 
	priority TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	assignee TEXT, 
	card_event_id TEXT, 
	first_response_at INTEGER, 
	answered_at INTEGER, 
	closed_at INTEGER, 
	withdrawn BOOLEAN NOT NULL, 
	nudged BOOLEAN NOT NULL, 
	card_digest TEXT, 
	PRIMARY KEY (number)
);
INSERT INTO "questions" VALUES(1,'helpdesk','!room:example.org','$q1','$q1','@ann:acme.com','How do I print?
The red one.',1800000000000,'["printer"]','[]','[]','normal','answered','',NULL,'$card1',1800000060000,1800000120000,NULL,0,0,'abc');
INSERT INTO "questions" VALUES(2,'helpdesk','!room:example.org','$q2','$q2','@bob:example.org','',1800000001000,'[]','[]','[]','normal','closed','withdrawn',NULL,'$card2',NULL,NULL,1800000002000,1,0,NULL);
CREATE TABLE rooms (
	room_id TEXT NOT NULL, 
	space TEXT, 
	joined BOOLEAN NOT NULL, 
	direct_with TEXT, 
	predecessor TEXT, 
	successor TEXT, 
	defines TEXT, 
	parent TEXT, 
	state TEXT NOT NULL, 
	PRIMARY KEY (room_id)
);
INSERT INTO "rooms" VALUES('!room:example.org','helpdesk',1,NULL,NULL,NULL,NULL,NULL,'{}');
CREATE TABLE settings (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "settings" VALUES('last_number','2');
INSERT INTO "settings" VALUES('sync_token','s72');
CREATE TABLE tracked (
	event_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	PRIMARY KEY (event_id), 
	FOREIGN KEY(number) REFERENCES questions (number)
)
 WITHOUT ROWID

;
INSERT INTO "tracked" VALUES('$card1',1,'card');
INSERT INTO "tracked" VALUES('$card2',2,'card');
INSERT INTO "tracked" VALUES('$q1',1,'question');
INSERT INTO "tracked" VALUES('$q2',2,'question');
CREATE TABLE transactions (
	txn_id TEXT NOT NULL, 
	received_at INTEGER NOT NULL, 
	PRIMARY KEY (txn_id)
);
INSERT INTO "transactions" VALUES('t1',1800000000000);
CREATE INDEX ix_questions_room ON questions (room_id, state, created_at, number) WHERE withdrawn IS 0;
CREATE INDEX ix_questions_created ON questions (created_at, number) WHERE withdrawn IS 0;
CREATE INDEX ix_questions_unanswered ON questions (created_at, number, room_id) WHERE withdrawn IS 0 AND state IN ('claimed', 'open');
CREATE INDEX ix_questions_asker ON questions (asker, created_at);
CREATE INDEX ix_questions_assignee ON questions (assignee, created_at) WHERE assignee IS NOT NULL;
CREATE INDEX ix_question_tags_number ON question_tags (number);
CREATE INDEX ix_answers_number ON answers (number, seq);
CREATE INDEX ix_acceptances_number ON acceptances (number, seq);
CREATE INDEX ix_facts_number ON facts (number);
CREATE TRIGGER facts_refuse_update BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER facts_refuse_delete BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE INDEX ix_inbox_pending ON inbox (seq) WHERE state = 'new';
CREATE INDEX ix_inbox_lane ON inbox (room_id, seq) WHERE state = 'new';
CREATE INDEX ix_outbox_pending ON outbox (seq) WHERE state = 'new';
CREATE INDEX ix_outbox_lane ON outbox (lane, seq) WHERE state = 'new';
CREATE INDEX ix_transactions_received ON transactions (received_at);
CREATE INDEX ix_members_user ON members (user_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('answers',1);
INSERT INTO "sqlite_sequence" VALUES('acceptances',1);
INSERT INTO "sqlite_sequence" VALUES('facts',1);
INSERT INTO "sqlite_sequence" VALUES('inbox',2);
INSERT INTO "sqlite_sequence" VALUES('outbox',2);
COMMIT;
