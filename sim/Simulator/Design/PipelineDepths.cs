using System.Numerics;
using BcnnSim.Numerics;

namespace BcnnSim.Design;

/// <summary>
/// Register stages a block needs for its clock, from the LUT levels of its logic. Rule of thumb: 6 levels per stage close at 300 MHz, in
/// proportion at other clocks (accelerator.md section 1); an estimate, not place and route.
/// </summary>
public static class PipelineDepths
{
    private const long LevelsTimesKilohertz = 6L * 300_000;

    /// <summary>
    /// Lane product (1 level; 2 for three counts), 6:3 compressors (1), adders over the compressor outputs (one carry chain per doubling), and the
    /// final sums and differences (2 adders; 3 for four counts).
    /// </summary>
    public static int PeArrayLevels(int inputLanes, PeKind kind)
    {
        int compressors = (inputLanes + 5) / 6;
        int adders = compressors <= 1 ? 0 : BitOperations.Log2((uint)compressors - 1) + 1;
        int product = kind == PeKind.Three ? 2 : 1;
        int final = kind == PeKind.Four ? 3 : 2;
        return product + 1 + adders + final;
    }

    /// <summary>Stages of the PE array at a clock.</summary>
    public static int PeArray(PeArrayDesign design, long kilohertz)
    {
        long levelsPerStage = Math.Max(1, LevelsTimesKilohertz / kilohertz);
        return (int)((PeArrayLevels(design.InputLanes, design.Kind) + levelsPerStage - 1) / levelsPerStage);
    }

    /// <summary>Stages of the norm: a DSP48 multiply-accumulate takes 3 registers at full speed, the second product and the comparison one more each.</summary>
    public static int Norm(long kilohertz) => kilohertz > 200_000 ? 4 : 3;

    /// <summary>Warnings for a design whose pipelines are shorter than these rules ask for.</summary>
    public static IReadOnlyList<string> Warnings(AcceleratorDesign design)
    {
        List<string> warnings = [];
        long clock = design.Clocks.ArrayKilohertz;
        Compare("peArray.pipelineDepth", design.PeArray.PipelineDepth, PeArray(design.PeArray, clock));
        Compare("norm.pipelineDepth", design.Norm.PipelineDepth, Norm(clock));
        return warnings;

        void Compare(string path, int actual, int needed)
        {
            if (actual < needed)
            {
                warnings.Add($"{path} = {actual} is short for {clock} kHz: about {needed} stages keep the logic at 6 LUT levels per 300 MHz stage");
            }
        }
    }
}
