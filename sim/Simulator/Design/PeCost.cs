using System.Numerics;
using BcnnSim.Numerics;

namespace BcnnSim.Design;

/// <summary>
/// LUTs and flip-flops of one PE (a complex dot product of Pi lanes with mask), counted off the structure of bcnn_dot and held against Yosys by
/// tests/Cosim. 64 lanes: 417 LUT for two popcounts, 547 for three, 540 for four; other circuits of the same function took 389, 566 and 671.
/// </summary>
public static class PeCost
{
    public static ResourceCount Of(PeKind kind, int lanes, int pipelineDepth)
    {
        int width = Width(lanes);
        int lut = kind switch
        {
            PeKind.Two => (3 * lanes) + (3 * Popcount(lanes)) + (3 * width) + 2,
            PeKind.Three => (4 * lanes) + (4 * Popcount(lanes)) + (3 * width) + 2,
            _ => (4 * lanes) + (4 * Popcount(lanes)) + (2 * width) + 2,
        };

        // The last rank holds both results in halves, each rank before it the counts.
        int counts = kind == PeKind.Four ? 4 : 3;
        return new ResourceCount(lut, (2 * (width + 1)) + ((pipelineDepth - 1) * counts * width));
    }

    /// <summary>Bits of a count of lanes.</summary>
    public static int Width(int lanes) => BitOperations.Log2((uint)lanes) + 1;

    /// <summary>Counts of six, then adders: a carry chain takes a LUT per bit of overlap.</summary>
    private static int Popcount(int lanes)
    {
        int groups = (lanes + 5) / 6;
        int counts = (3 * (groups - 1)) + CountSix(lanes - (6 * (groups - 1)));
        if (groups <= 4)
        {
            return counts + (groups switch { 1 => 0, 2 => 3, 3 => 7, _ => 10 });
        }

        int columns = 3 * (CountSix(Math.Min(groups, 6)) + CountSix(groups - 6));
        return counts + columns + (groups > 6 ? 9 : 0) + Width(lanes);
    }

    private static int CountSix(int bits) => bits switch { <= 1 => 0, <= 3 => 2, _ => 3 };
}
