# shellcheck shell=bash disable=SC2034
# A temporary development node for scripts: on free ports, in a directory that is deleted, and always stopped.
#
#   . scripts/env; . scripts/lib/node.sh
#   trap node_stop EXIT
#   node_start "$PEDIGREE_CACHE"     # sets NODE_URL and NODE_HTTP
#
# Sourced after scripts/env.

NODE_PID=''
NODE_DIR=''
NODE_URL=''
NODE_HTTP=''
NODE_SECONDS="${NODE_SECONDS:-180}" # how long it may take to make its first block

# What is asked over HTTP: node_rpc METHOD [PARAMS], printing the JSON that comes back.
node_rpc() {
	curl -sS --fail --max-time 20 -H 'Content-Type: application/json' \
		--data "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$1\",\"params\":${2:-[]}}" "$NODE_HTTP"
}

# Starts the node and waits for its first block. The argument is the directory under which its own is made.
node_start() {
	local binary="$CARGO_TARGET_DIR/release/pedigree-node" port='' waited=0 best
	[ -x "$binary" ] || {
		echo "there is no $binary; 'make build' makes it" >&2
		return 1
	}
	mkdir -p "$1"
	NODE_DIR="$(mktemp -d "$1/node.XXXXXX")"
	# Port 0 everywhere: the system picks free ones, and the log says which the RPC server got.
	"$binary" --dev --base-path "$NODE_DIR/data" --rpc-port 0 --port 0 --no-prometheus --no-telemetry \
		>"$NODE_DIR/log" 2>&1 </dev/null &
	NODE_PID=$!
	while :; do
		if ! kill -0 "$NODE_PID" 2>/dev/null; then
			echo "the node stopped by itself; its last words:" >&2
			tail -n 20 "$NODE_DIR/log" >&2
			return 1
		fi
		if [ -z "$port" ]; then
			port="$(sed -nE 's/.*Running JSON-RPC server: addr=127\.0\.0\.1:([0-9]+).*/\1/p' "$NODE_DIR/log" | head -n 1)"
			NODE_URL="ws://127.0.0.1:$port"
			NODE_HTTP="http://127.0.0.1:$port"
		else
			best="$(node_rpc chain_getHeader 2>/dev/null | sed -nE 's/.*"number":"(0x[0-9a-f]+)".*/\1/p')"
			[ -z "$best" ] || [ "$((best))" -eq 0 ] || return 0
		fi
		waited=$((waited + 1))
		if [ "$waited" -gt $((NODE_SECONDS * 4)) ]; then
			echo "the node made no block within $NODE_SECONDS s; its last words:" >&2
			tail -n 20 "$NODE_DIR/log" >&2
			return 1
		fi
		sleep 0.25
	done
}

# Stops the node, waits until it is gone, and deletes its directory. Harmless when there is none.
node_stop() {
	if [ -n "$NODE_PID" ]; then
		kill "$NODE_PID" 2>/dev/null || true
		for _ in {1..60}; do
			kill -0 "$NODE_PID" 2>/dev/null || break
			sleep 0.25
		done
		kill -9 "$NODE_PID" 2>/dev/null || true
		wait "$NODE_PID" 2>/dev/null || true
		NODE_PID=''
	fi
	if [ -n "$NODE_DIR" ]; then
		rm -rf "$NODE_DIR"
		NODE_DIR=''
	fi
}
