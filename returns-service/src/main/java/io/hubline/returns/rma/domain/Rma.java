package io.hubline.returns.rma.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One return.
///
/// @param orderId null while the order is not known
/// @param version of the last announcement; 1, 2, 3, ... without gaps; 0 while nobody was told
/// @param waiting why it cannot be placed; null unless WAITING
/// @param answer why it was declined or cancelled, or why a person has to answer; null otherwise
/// @param seen null for one that the seller opened
public record Rma(
        Identity identity,
        @Nullable String orderId,
        long version,
        RmaState state,
        @Nullable Waiting waiting,
        @Nullable String answer,
        List<ReturnLine> lines,
        List<Unit> units,
        List<Restock> restocks,
        List<Refund> refunds,
        @Nullable ChannelView seen) {

    public Rma {
        lines = List.copyOf(lines);
        units = List.copyOf(units);
        restocks = List.copyOf(restocks);
        refunds = List.copyOf(refunds);
    }

    /// Which return it is.
    ///
    /// @param externalId the channel's id of the order
    /// @param channelReturnId the channel's id of the return; null for one that the seller opened
    public record Identity(
            String returnId,
            String account,
            String channel,
            String externalId,
            @Nullable String channelReturnId) {}

    /// Why a return cannot be placed yet.
    public record Waiting(Reason reason, String detail) {

        /// What it waits for.
        public enum Reason {
            ORDER_UNKNOWN,
            LINE_UNKNOWN,
            UNITS_NOT_SHIPPED,
            UNITS_IN_ANOTHER_RETURN
        }
    }

    /// The units of a line, in the order of their numbers.
    public List<Unit> units(String lineId) {
        return units.stream().filter(unit -> unit.lineId().equals(lineId)).toList();
    }

    /// The refund with an id.
    public Optional<Refund> refund(String refundId) {
        return refunds.stream()
                .filter(refund -> refund.refundId().equals(refundId))
                .findFirst();
    }

    Optional<ReturnLine> line(String lineId) {
        return lines.stream().filter(line -> line.lineId().equals(lineId)).findFirst();
    }

    boolean nothingMoved() {
        return units.stream().noneMatch(Unit::hasMoved);
    }

    /// Whether every unit is where it ends and nobody waits for money.
    boolean isDone() {
        return units.stream().allMatch(unit -> unit.custody().isEnd())
                && refunds.stream().noneMatch(refund -> refund.state().isOwed());
    }

    /// The numbers of its units, by line.
    Map<String, Set<Integer>> numbers() {
        return units.stream()
                .collect(Collectors.groupingBy(Unit::lineId, Collectors.mapping(Unit::number, Collectors.toSet())));
    }

    Rma in(RmaState next, @Nullable String why) {
        return new Rma(identity, orderId, version, next, null, why, lines, units, restocks, refunds, seen);
    }

    Rma waitingFor(Waiting what) {
        return new Rma(identity, orderId, version, RmaState.WAITING, what, null, lines, units, restocks, refunds, seen);
    }

    Rma of(SoldOrder order, List<ReturnLine> itsLines, List<Unit> itsUnits) {
        return new Rma(
                identity,
                order.orderId(),
                version,
                state,
                waiting,
                answer,
                itsLines,
                itsUnits,
                restocks,
                refunds,
                seen);
    }

    Rma with(List<Unit> changed) {
        return new Rma(identity, orderId, version, state, waiting, answer, lines, changed, restocks, refunds, seen);
    }

    Rma withRestocks(List<Restock> all) {
        return new Rma(identity, orderId, version, state, waiting, answer, lines, units, all, refunds, seen);
    }

    Rma withRefunds(List<Refund> all) {
        return new Rma(identity, orderId, version, state, waiting, answer, lines, units, restocks, all, seen);
    }

    Rma seenAs(ChannelView view) {
        return new Rma(identity, orderId, version, state, waiting, answer, lines, units, restocks, refunds, view);
    }

    Rma at(long next) {
        return new Rma(identity, orderId, next, state, waiting, answer, lines, units, restocks, refunds, seen);
    }
}
