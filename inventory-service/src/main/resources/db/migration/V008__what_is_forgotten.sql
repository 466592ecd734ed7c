-- What is kept only so that a repeated request gets its first answer is forgotten when no request comes again.

alter table checkout_hold add column ended_at timestamptz;
update checkout_hold set ended_at = now() where state in ('CONVERTED', 'RELEASED', 'EXPIRED');
alter table checkout_hold add constraint what_is_over_says_since_when
  check ((ended_at is null) = (state in ('HELD', 'CONVERTING')));
create index checkout_hold_ended on checkout_hold (ended_at) where ended_at is not null;

-- Both grow at their end only, so that a few pages tell where the old rows are.
create index stock_command_by_time on stock_command using brin (recorded_at) with (autosummarize = on);
create index plan_answer_by_time on plan_answer using brin (answered_at) with (autosummarize = on);
