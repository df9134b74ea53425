using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data.Captures;

/// <summary>Raw interleaved IQ: nothing but samples; the user says type and rate.</summary>
internal static class RawFile
{
    /// <exception cref="InputException">Missing, empty, or no whole number of samples.</exception>
    public static Recording Read(string path, string name, string type, double rate)
    {
        SampleLayout layout = SampleLayout.Interleaved(type) ?? throw new ArgumentException($"unchecked type {type}", nameof(type));
        long samples = WholeSamples(path, layout);
        return new(name, path, SampleFile.Open(path, layout with { RowSamples = samples }, samples), rate, [new(0, samples, null, "samples")]);
    }

    /// <summary>Samples of a file that holds nothing else.</summary>
    public static long WholeSamples(string path, SampleLayout layout)
    {
        var violations = new ViolationList(path);
        using FileStream? stream = InputFile.Open(path, long.MaxValue, violations);
        ViolationList.ThrowIfAny(violations);
        long bytes = stream!.Length;
        return bytes > 0 && bytes % layout.SampleBytes == 0
            ? bytes / layout.SampleBytes
            : throw new InputException(path, "length", $"{bytes} bytes", $"must be whole samples of {layout.SampleBytes} bytes, at least one", "The file is truncated or of another type: copy it again or correct the type");
    }
}
