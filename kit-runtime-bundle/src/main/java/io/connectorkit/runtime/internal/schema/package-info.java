/** How the columns of a table may change from one run to the next. */
package io.connectorkit.runtime.internal.schema;
