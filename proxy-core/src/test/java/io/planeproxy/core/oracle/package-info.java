/**
 * Oracles that need no expected value: whatever bytes come in, what the proxy sends on must keep certain laws. The inputs
 * are those of {@code http/requests.json} and mutations of them, sent through the engine in process.
 */
package io.planeproxy.core.oracle;
