# The only commands a newcomer needs.
.PHONY: run test prove bench shots check seed

run: ## build, fill the demo tenants, serve
	@scripts/run

test: ## everything: format, lints, SQL, unit, database, HTTP, browser
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
	@DATABASE_URL=$$(scripts/postgres start) cargo run -q -- seed
