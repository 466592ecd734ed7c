package io.hubline.kit.json;

import io.hubline.contracts.Destination;
import io.hubline.contracts.Event;
import io.hubline.contracts.Money;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.SealedPersonal;
import io.hubline.contracts.StateEvent;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrderEvent;
import io.hubline.contracts.connector.ChannelReturn;
import io.hubline.contracts.connector.ChannelReturnEvent;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.StockAlert;
import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.contracts.routing.RouteEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// What a native image must keep so that every event can be written and read: these types and the ones
/// nested in them. A test fails when one is missing.
@RegisterForReflection(
        ignoreNested = false,
        targets = {
            Event.class,
            StateEvent.class,
            Destination.class,
            Money.class,
            Recipient.class,
            SealedPersonal.class,
            ListingState.class,
            ChannelOrder.class,
            ChannelOrderEvent.class,
            ChannelReturn.class,
            ChannelReturnEvent.class,
            ChannelSyncState.class,
            AvailabilityState.class,
            ReservationEvent.class,
            StockState.class,
            StockAlert.class,
            OrderEvent.class,
            OrderFacts.class,
            ReturnEvent.class,
            ReturnFacts.class,
            RouteEvent.class
        })
final class ContractsReflection {

    private ContractsReflection() {}
}
