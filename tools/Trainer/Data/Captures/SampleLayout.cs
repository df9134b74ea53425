using System.Buffers.Binary;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>Where the samples lie in a file. The scale of integers does not matter: every burst is brought to unit mean power.</summary>
/// <param name="Element">Type of a component.</param>
/// <param name="Offset">Bytes before the first sample.</param>
/// <param name="RowSamples">Samples of one row, which no burst leaves; the whole file where there are no rows.</param>
/// <param name="Planar">A row is all real parts, then all imaginary parts; otherwise they alternate.</param>
public sealed record SampleLayout(SampleElement Element, long Offset, long RowSamples, bool Planar)
{
    /// <summary>Names of the types of SigMF that are read, which raw files use too.</summary>
    public static IReadOnlyList<string> TypeNames { get; } = ["cf32_le", "ci16_le", "ci8"];

    /// <summary>Bytes of a component.</summary>
    public int ElementBytes => Element switch { SampleElement.Float32 => 4, SampleElement.Int16 => 2, _ => 1 };

    /// <summary>Bytes of a complex sample.</summary>
    public int SampleBytes => 2 * ElementBytes;

    /// <summary>Interleaved samples of a type in <see cref="TypeNames"/>; null for any other.</summary>
    public static SampleLayout? Interleaved(string type, long samples = long.MaxValue) => type switch
    {
        "cf32_le" => new(SampleElement.Float32, 0, samples, false),
        "ci16_le" => new(SampleElement.Int16, 0, samples, false),
        "ci8" => new(SampleElement.Int8, 0, samples, false),
        _ => null,
    };

    /// <summary>Why a type is not read, with the remedy; big endian is named as such.</summary>
    public static (string Rule, string Remedy) Refusal(string type) => type.EndsWith("_be", StringComparison.Ordinal)
        ? ($"big endian is not read: must be {string.Join(", ", TypeNames)}", "Swap the bytes, for example with numpy: x.byteswap()")
        : ($"must be {string.Join(", ", TypeNames)}", "Convert the samples to one of them");

    /// <summary>Sample that component number <paramref name="component"/> of the file belongs to.</summary>
    public long SampleOf(long component) => Planar
        ? (component / 2 / RowSamples * RowSamples) + (component % RowSamples)
        : component / 2;

    /// <summary>Component <paramref name="index"/> of raw bytes.</summary>
    public double Value(ReadOnlySpan<byte> bytes, int index) => Element switch
    {
        SampleElement.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * index)..]),
        SampleElement.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * index)..]),
        SampleElement.Int8 => (sbyte)bytes[index],
        _ => bytes[index] - 127.5,
    };
}
