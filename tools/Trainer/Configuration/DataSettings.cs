namespace BcnnSim.Trainer.Configuration;

/// <summary>Data set, split sizes and host transform.</summary>
public sealed record DataSettings
{
    /// <summary>iq-11.</summary>
    public required string Set { get; init; }

    /// <summary>2016-like, 2018-like or awgn.</summary>
    public required string Channel { get; init; }

    /// <summary>fold, stft, lag or moments.</summary>
    public required string Transform { get; init; }

    /// <summary>P of the input grid.</summary>
    public required int InputBits { get; init; }

    /// <summary>Of the data; the splits have streams of their own.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Samples of one burst.</summary>
    public required int Samples { get; init; }

    /// <summary>Class names; null = all eleven.</summary>
    public required IReadOnlyList<string>? Classes { get; init; }

    public required int Train { get; init; }

    public required int Validation { get; init; }

    public required int Test { get; init; }
}
