using System.Globalization;

namespace BcnnSim.Cosimulation.Waves;

/// <summary>Writer of value change dumps (IEEE 1364, clause 18): one time unit per cycle.</summary>
public static class VcdFile
{
    public static void Write(TextWriter writer, string scope, IReadOnlyList<WaveSignal> signals, WaveRing ring)
    {
        writer.Write("$version bcnnsim cosim $end\n$timescale 1 ns $end\n");
        writer.Write($"$scope module {scope} $end\n");
        for (int s = 0; s < signals.Count; s++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"$var wire {signals[s].Width} {Code(s)} {signals[s].Name} $end\n"));
        }

        writer.Write("$upscope $end\n$enddefinitions $end\n");
        WriteValues(writer, signals, ring);
    }

    /// <summary>Identifier of signal <paramref name="index"/>: printable characters, shortest first.</summary>
    public static string Code(int index)
    {
        string code = "";
        for (int rest = index + 1; rest > 0; rest = (rest - 1) / 94)
        {
            code += (char)('!' + ((rest - 1) % 94));
        }

        return code;
    }

    private static void WriteValues(TextWriter writer, IReadOnlyList<WaveSignal> signals, WaveRing ring)
    {
        string[] shown = new string[signals.Count];
        for (long cycle = ring.Start; cycle < ring.End; cycle++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"#{cycle}\n"));
            for (int s = 0; s < signals.Count; s++)
            {
                string bits = signals[s].Bits(ring[cycle]);
                if (bits != shown[s])
                {
                    shown[s] = bits;
                    writer.Write(bits.Length == 1 ? $"{bits}{Code(s)}\n" : $"b{bits} {Code(s)}\n");
                }
            }
        }

        writer.Write(string.Create(CultureInfo.InvariantCulture, $"#{ring.End}\n"));
    }
}
