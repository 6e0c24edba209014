/** Tables that are queried at their source: what may be attached, and how queries get at it. */
package io.connectorkit.runtime.internal.remote;
