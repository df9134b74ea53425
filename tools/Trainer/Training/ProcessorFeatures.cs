using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BcnnSim.Trainer.Training;

/// <summary>The instruction sets that decide rounding: bits of a run are comparable only on the same set.</summary>
public static class ProcessorFeatures
{
    public static string Describe()
    {
        string[] names =
        [
            Avx512F.IsSupported ? "avx512f" : string.Empty,
            Avx2.IsSupported ? "avx2" : string.Empty,
            Fma.IsSupported ? "fma" : string.Empty,
            System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? "neon" : string.Empty,
            $"vector{System.Numerics.Vector<byte>.Count * 8}",
            Vector512.IsHardwareAccelerated ? "tile512" : "tile256",
        ];
        return string.Join('+', names.Where(name => name.Length > 0));
    }
}
