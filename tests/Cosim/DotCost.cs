using System.Numerics;
using BcnnSim.Numerics;

namespace BcnnSim.Cosim.Tests;

/// <summary>
/// 6-LUTs of one bcnn_dot counted off its structure: lane functions, counts of six, adders (a carry chain costs a LUT per bit of
/// overlap). Yosys is held against it.
/// </summary>
public static class DotCost
{
    public static int LookUpTables(PeKind kind, int lanes)
    {
        int width = Width(lanes);
        return kind switch
        {
            PeKind.Two => (3 * lanes) + (3 * Popcount(lanes)) + (3 * width) + 2,
            PeKind.Three => (4 * lanes) + (4 * Popcount(lanes)) + (3 * width) + 2,
            _ => (4 * lanes) + (4 * Popcount(lanes)) + (2 * width) + 2,
        };
    }

    /// <summary>Registers of a single rank: both results in halves.</summary>
    public static int FlipFlops(int lanes) => 2 * (Width(lanes) + 1);

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

    private static int Width(int lanes) => BitOperations.Log2((uint)lanes) + 1;
}
