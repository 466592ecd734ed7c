package io.hubline.returns.rma.api;

import io.hubline.returns.rma.domain.ChannelView;
import io.hubline.returns.rma.domain.Custody;
import io.hubline.returns.rma.domain.NextStep;
import io.hubline.returns.rma.domain.Refund;
import io.hubline.returns.rma.domain.Restock;
import io.hubline.returns.rma.domain.ReturnBook.Dossier;
import io.hubline.returns.rma.domain.ReturnLine;
import io.hubline.returns.rma.domain.Returns.HistoryEntry;
import io.hubline.returns.rma.domain.Rma;
import io.hubline.returns.rma.domain.RmaState;
import io.hubline.returns.rma.domain.Unit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A return as people see it.
///
/// @param next what is to be done with it, the most pressing first; empty when nothing is
record ReturnView(
        String returnId,
        RmaState state,
        long version,
        String account,
        String channel,
        @Nullable String orderId,
        String externalId,
        @Nullable String channelReturnId,
        @Nullable AtChannel atChannel,
        Rma.@Nullable Waiting waiting,
        @Nullable String answer,
        List<LineView> lines,
        List<Unit> units,
        List<Restock> restocks,
        List<Refund> refunds,
        List<NextStep> next,
        List<HistoryEntry> history,
        Instant openedAt,
        Instant updatedAt) {

    static ReturnView of(Dossier dossier) {
        Rma rma = dossier.rma();
        return new ReturnView(
                rma.identity().returnId(),
                rma.state(),
                rma.version(),
                rma.identity().account(),
                rma.identity().channel(),
                rma.orderId(),
                rma.identity().externalId(),
                rma.identity().channelReturnId(),
                AtChannel.of(rma.seen()),
                rma.waiting(),
                rma.answer(),
                rma.lines().stream().map(line -> LineView.of(rma, line)).toList(),
                rma.units(),
                rma.restocks(),
                rma.refunds(),
                NextStep.of(rma),
                dossier.history(),
                dossier.openedAt(),
                dossier.updatedAt());
    }

    /// What the channel shows.
    record AtChannel(String number, ChannelView.Status status, Instant updatedAt) {

        static @Nullable AtChannel of(@Nullable ChannelView seen) {
            return seen == null ? null : new AtChannel(seen.number(), seen.status(), seen.channelUpdatedAt());
        }
    }

    /// One order line of the return, and where its units are.
    record LineView(
            String lineId,
            String channelLineId,
            String sku,
            String reason,
            int quantity,
            int expected,
            int received,
            int inspected,
            int restocked,
            int scrapped,
            int missing) {

        static LineView of(Rma rma, ReturnLine line) {
            return new LineView(
                    line.lineId(),
                    line.channelLineId(),
                    line.sku(),
                    line.reason(),
                    rma.units(line.lineId()).size(),
                    count(rma, line, Custody.EXPECTED),
                    count(rma, line, Custody.RECEIVED),
                    count(rma, line, Custody.INSPECTED),
                    count(rma, line, Custody.RESTOCKED),
                    count(rma, line, Custody.SCRAPPED),
                    count(rma, line, Custody.MISSING));
        }

        private static int count(Rma rma, ReturnLine line, Custody custody) {
            return (int) rma.units(line.lineId()).stream()
                    .filter(unit -> unit.custody() == custody)
                    .count();
        }
    }
}
