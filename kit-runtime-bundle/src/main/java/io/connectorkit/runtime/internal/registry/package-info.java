/** Which connectors are there, which instances they have, and what each of those lacks. */
package io.connectorkit.runtime.internal.registry;
