# The only commands a newcomer needs.
.PHONY: run test prove bench shots check seed

run: ## build, fill the demo tenants, serve
	@scripts/run

test: ## format, lints, SQL, unit, database and HTTP tests, small gates, browser
	@scripts/test

prove: ## the gates at full size; GATE=name for one
	@scripts/prove $(GATE)

bench: ## requests per second, latency, memory, bytes
	@scripts/bench

shots: ## photograph every page into shots/
	@scripts/shots

check: ## quick: does it compile, for both targets
	@cargo check -q --workspace --all-targets && cargo check -q -p wemaster --lib --target wasm32-unknown-unknown --no-default-features --features hydrate

seed: ## fill the demo tenants
	@DATABASE_URL=$$(scripts/postgres start) && export DATABASE_URL SQLX_OFFLINE=true && cargo run -q -- migrate && cargo run -q -- seed
