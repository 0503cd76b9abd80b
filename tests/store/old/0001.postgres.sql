CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'facts are append-only'; END $$;
CREATE TABLE public.acceptances (
    seq bigint NOT NULL,
    answer text NOT NULL,
    number bigint NOT NULL,
    person text NOT NULL,
    voice text NOT NULL,
    at bigint NOT NULL,
    reaction text
);
CREATE SEQUENCE public.acceptances_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.acceptances_seq_seq OWNED BY public.acceptances.seq;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answers (
    seq bigint NOT NULL,
    event_id text NOT NULL,
    number bigint NOT NULL,
    author text NOT NULL,
    text text NOT NULL,
    created_at bigint NOT NULL,
    room_id text NOT NULL,
    withdrawn boolean NOT NULL
);
CREATE SEQUENCE public.answers_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.answers_seq_seq OWNED BY public.answers.seq;
CREATE TABLE public.facts (
    seq bigint NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    room_id text NOT NULL,
    space text NOT NULL,
    number bigint NOT NULL,
    data text NOT NULL
);
CREATE SEQUENCE public.facts_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.facts_seq_seq OWNED BY public.facts.seq;
CREATE TABLE public.inbox (
    seq bigint NOT NULL,
    event_id text NOT NULL,
    room_id text NOT NULL,
    received_at bigint NOT NULL,
    payload text,
    state text NOT NULL,
    tries integer NOT NULL,
    not_before bigint NOT NULL,
    reference text
);
CREATE SEQUENCE public.inbox_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.inbox_seq_seq OWNED BY public.inbox.seq;
CREATE TABLE public.members (
    room_id text NOT NULL,
    user_id text NOT NULL,
    membership text NOT NULL,
    display_name text NOT NULL
);
CREATE TABLE public.outbox (
    seq bigint NOT NULL,
    effect_id text NOT NULL,
    lane text NOT NULL,
    kind text NOT NULL,
    payload text,
    created_at bigint NOT NULL,
    state text NOT NULL,
    tries integer NOT NULL,
    not_before bigint NOT NULL,
    event_id text,
    reason text
);
CREATE SEQUENCE public.outbox_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_seq_seq OWNED BY public.outbox.seq;
CREATE TABLE public.persons (
    user_id text NOT NULL,
    language text,
    direct_room text
);
CREATE TABLE public.question_tags (
    tag text NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.questions (
    number bigint NOT NULL,
    space text NOT NULL,
    room_id text NOT NULL,
    event_id text NOT NULL,
    thread_root text NOT NULL,
    asker text NOT NULL,
    text text NOT NULL,
    created_at bigint NOT NULL,
    tags text NOT NULL,
    attachments text NOT NULL,
    directed_to text NOT NULL,
    priority text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    assignee text,
    card_event_id text,
    first_response_at bigint,
    answered_at bigint,
    closed_at bigint,
    withdrawn boolean NOT NULL,
    nudged boolean NOT NULL,
    card_digest text
);
CREATE TABLE public.rooms (
    room_id text NOT NULL,
    space text,
    joined boolean NOT NULL,
    direct_with text,
    predecessor text,
    successor text,
    defines text,
    parent text,
    state text NOT NULL
);
CREATE TABLE public.settings (
    name text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.tracked (
    event_id text NOT NULL,
    number bigint NOT NULL,
    role text NOT NULL
);
CREATE TABLE public.transactions (
    txn_id text NOT NULL,
    received_at bigint NOT NULL
);
ALTER TABLE ONLY public.acceptances ALTER COLUMN seq SET DEFAULT nextval('public.acceptances_seq_seq'::regclass);
ALTER TABLE ONLY public.answers ALTER COLUMN seq SET DEFAULT nextval('public.answers_seq_seq'::regclass);
ALTER TABLE ONLY public.facts ALTER COLUMN seq SET DEFAULT nextval('public.facts_seq_seq'::regclass);
ALTER TABLE ONLY public.inbox ALTER COLUMN seq SET DEFAULT nextval('public.inbox_seq_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN seq SET DEFAULT nextval('public.outbox_seq_seq'::regclass);
INSERT INTO public.acceptances VALUES (1, '$a1', 1, '@ann:acme.com', 'asker', 1800000120000, '$r1');
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.answers VALUES (1, '$a1', 1, '@bob:example.org', 'With paper.', 1800000060000, '!room:example.org', false);
INSERT INTO public.facts VALUES (1, 1800000000000, 'QuestionAsked', '@ann:acme.com', '!room:example.org', 'helpdesk', 1, '{"asker":"@ann:acme.com","assignee":null,"tags":["printer"]}');
INSERT INTO public.inbox VALUES (1, '$q1', '!room:example.org', 1800000000000, NULL, 'done', 0, 0, NULL);
INSERT INTO public.inbox VALUES (2, '$next', '!room:example.org', 1800000003000, '{"event_id":"$next"}', 'new', 0, 0, NULL);
INSERT INTO public.members VALUES ('!room:example.org', '@ann:acme.com', 'join', 'Ann');
INSERT INTO public.outbox VALUES (1, 'e1', '!room:example.org', 'post_card', NULL, 1800000000000, 'done', 0, 0, '$card1', NULL);
INSERT INTO public.outbox VALUES (2, 'e2', '!room:example.org', 'edit_card', '{"room_id":"!room:example.org","number":1}', 1800000120000, 'new', 0, 0, NULL, NULL);
INSERT INTO public.persons VALUES ('@ann:acme.com', 'fr', NULL);
INSERT INTO public.question_tags VALUES ('printer', 1);
INSERT INTO public.questions VALUES (1, 'helpdesk', '!room:example.org', '$q1', '$q1', '@ann:acme.com', 'How do I print?
The red one.', 1800000000000, '["printer"]', '[]', '[]', 'normal', 'answered', '', NULL, '$card1', 1800000060000, 1800000120000, NULL, false, false, 'abc');
INSERT INTO public.questions VALUES (2, 'helpdesk', '!room:example.org', '$q2', '$q2', '@bob:example.org', '', 1800000001000, '[]', '[]', '[]', 'normal', 'closed', 'withdrawn', NULL, '$card2', NULL, NULL, 1800000002000, true, false, NULL);
INSERT INTO public.rooms VALUES ('!room:example.org', 'helpdesk', true, NULL, NULL, NULL, NULL, NULL, '{}');
INSERT INTO public.settings VALUES ('last_number', '2');
INSERT INTO public.settings VALUES ('sync_token', 's72');
INSERT INTO public.tracked VALUES ('$q1', 1, 'question');
INSERT INTO public.tracked VALUES ('$card1', 1, 'card');
INSERT INTO public.tracked VALUES ('$q2', 2, 'question');
INSERT INTO public.tracked VALUES ('$card2', 2, 'card');
INSERT INTO public.transactions VALUES ('t1', 1800000000000);
SELECT pg_catalog.setval('public.acceptances_seq_seq', 1, true);
SELECT pg_catalog.setval('public.answers_seq_seq', 1, true);
SELECT pg_catalog.setval('public.facts_seq_seq', 1, true);
SELECT pg_catalog.setval('public.inbox_seq_seq', 2, true);
SELECT pg_catalog.setval('public.outbox_seq_seq', 2, true);
ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_answer_person_key UNIQUE (answer, person);
ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.facts
    ADD CONSTRAINT facts_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (room_id, user_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_effect_id_key UNIQUE (effect_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT persons_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.question_tags
    ADD CONSTRAINT question_tags_pkey PRIMARY KEY (tag, number);
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_pkey PRIMARY KEY (room_id);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.tracked
    ADD CONSTRAINT tracked_pkey PRIMARY KEY (event_id);
ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_pkey PRIMARY KEY (txn_id);
CREATE INDEX ix_acceptances_number ON public.acceptances USING btree (number, seq);
CREATE INDEX ix_answers_number ON public.answers USING btree (number, seq);
CREATE INDEX ix_facts_number ON public.facts USING btree (number);
CREATE INDEX ix_inbox_lane ON public.inbox USING btree (room_id, seq) WHERE (state = 'new'::text);
CREATE INDEX ix_inbox_pending ON public.inbox USING btree (seq) WHERE (state = 'new'::text);
CREATE INDEX ix_members_user ON public.members USING btree (user_id);
CREATE INDEX ix_outbox_lane ON public.outbox USING btree (lane, seq) WHERE (state = 'new'::text);
CREATE INDEX ix_outbox_pending ON public.outbox USING btree (seq) WHERE (state = 'new'::text);
CREATE INDEX ix_question_tags_number ON public.question_tags USING btree (number);
CREATE INDEX ix_questions_asker ON public.questions USING btree (asker, created_at);
CREATE INDEX ix_questions_assignee ON public.questions USING btree (assignee, created_at) WHERE (assignee IS NOT NULL);
CREATE INDEX ix_questions_created ON public.questions USING btree (created_at, number) WHERE (withdrawn IS FALSE);
CREATE INDEX ix_questions_room ON public.questions USING btree (room_id, state, created_at, number) WHERE (withdrawn IS FALSE);
CREATE INDEX ix_questions_unanswered ON public.questions USING btree (created_at, number, room_id) WHERE ((withdrawn IS FALSE) AND (state = ANY (ARRAY['claimed'::text, 'open'::text])));
CREATE INDEX ix_transactions_received ON public.transactions USING btree (received_at);
CREATE TRIGGER facts_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.facts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.acceptances
    ADD CONSTRAINT acceptances_number_fkey FOREIGN KEY (number) REFERENCES public.questions(number);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_number_fkey FOREIGN KEY (number) REFERENCES public.questions(number);
ALTER TABLE ONLY public.question_tags
    ADD CONSTRAINT question_tags_number_fkey FOREIGN KEY (number) REFERENCES public.questions(number);
ALTER TABLE ONLY public.tracked
    ADD CONSTRAINT tracked_number_fkey FOREIGN KEY (number) REFERENCES public.questions(number);
