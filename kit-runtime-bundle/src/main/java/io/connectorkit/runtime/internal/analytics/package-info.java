/** Everything extracted, in one database: views, and queries over them. */
package io.connectorkit.runtime.internal.analytics;
