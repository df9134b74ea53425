using System.Numerics;
using BcnnSim.Numerics;
using BcnnSim.Tests.Numerics;
using Xunit;

namespace BcnnSim.Tests.Contracts;

/// <summary>Wrong circuits for the dot product, held against the integer definition as the real ones are.</summary>
public sealed class PlantedDotFaultTests
{
    private static readonly Dictionary<string, Func<QuadrantWord, QuadrantWord, ComplexSum>> Circuits = new(StringComparer.Ordinal)
    {
        ["conjugate weight"] = (w, v) => QuadrantDot.Word(PeKind.Two, w with { Im = ~w.Im }, v),
        ["re and im of the result swapped"] = (w, v) => Swapped(QuadrantDot.Word(PeKind.Two, w, v)),
        ["mask of the value ignored"] = (w, v) => QuadrantDot.Word(PeKind.Two, w, v with { Mask = ulong.MaxValue }),
        ["mask of the weight ignored"] = (w, v) => QuadrantDot.Word(PeKind.Four, w with { Mask = ulong.MaxValue }, v),
        ["highest lane lost"] = (w, v) => QuadrantDot.Word(PeKind.Three, w with { Mask = w.Mask & (ulong.MaxValue >> 1) }, v),
        ["lanes counted, not lanes that count"] = TwoCountsOfAllLanes,
    };

    public static TheoryData<string> Faults => [.. Circuits.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void The_integer_definition_catches_every_wrong_circuit(string fault) => Assert.True(Differs(Circuits[fault]), $"not caught: {fault}");

    [Fact]
    public void And_none_of_the_real_ones() =>
        Assert.All(Enum.GetValues<PeKind>(), kind => Assert.False(Differs((w, v) => QuadrantDot.Word(kind, w, v))));

    /// <summary>re = 2(P1 + P2 - N) with N = 64 instead of the unmasked lanes.</summary>
    private static ComplexSum TwoCountsOfAllLanes(QuadrantWord w, QuadrantWord v)
    {
        ulong mask = w.Mask & v.Mask;
        int first = BitOperations.PopCount(QuadrantDot.TurnedReBit(w.Re, w.Im, v.Re, v.Im) & mask);
        int second = BitOperations.PopCount(QuadrantDot.TurnedImBit(w.Re, w.Im, v.Re, v.Im) & mask);
        return new ComplexSum(2 * (first + second - 64), 2 * (second - first));
    }

    private static ComplexSum Swapped(ComplexSum s) => new(s.Im, s.Re);

    private static bool Differs(Func<QuadrantWord, QuadrantWord, ComplexSum> dot)
    {
        Random random = new(9);
        ulong Word() => (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        for (int i = 0; i < 200; i++)
        {
            QuadrantWord w = new(Word(), Word(), Word());
            QuadrantWord v = new(Word(), Word(), Word());
            if (dot(w, v) != SlowDot.Word(w, v))
            {
                return true;
            }
        }

        return false;
    }
}
