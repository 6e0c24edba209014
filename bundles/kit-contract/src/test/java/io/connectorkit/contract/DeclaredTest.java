package io.connectorkit.contract;

import io.connectorkit.contract.junit.DeclarativeContract;

/** The made-up server gives each style of pages so that a connector without code keeps the contract (K1). */
class DeclaredTest extends DeclarativeContract {}
