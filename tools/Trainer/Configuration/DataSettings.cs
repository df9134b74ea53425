namespace BcnnSim.Trainer.Configuration;

/// <summary>Data set, split sizes and host transform.</summary>
public sealed record DataSettings
{
    /// <summary>iq-11 (radio bursts) or an image set: fashion-mnist, cifar-10, svhn.</summary>
    public required string Set { get; init; }

    /// <summary>2016-like, 2018-like or awgn; null for images.</summary>
    public required string? Channel { get; init; }

    /// <summary>fold, stft, lag or moments; learned-imaginary, zero-imaginary or grey for images.</summary>
    public required string Transform { get; init; }

    /// <summary>P of the input grid.</summary>
    public required int InputBits { get; init; }

    /// <summary>Of the bursts, the splits have streams of their own; of images, whose split is fixed, the choice and order of a subset.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Samples of one burst; null for images.</summary>
    public required int? Samples { get; init; }

    /// <summary>Class names of radio bursts; null = all eleven; null for images.</summary>
    public required IReadOnlyList<string>? Classes { get; init; }

    public required int Train { get; init; }

    public required int Validation { get; init; }

    public required int Test { get; init; }

    /// <summary>Where the files of an image set lie; null or left out = where its Debian package puts them.</summary>
    public string? Folder { get; init; }

    /// <summary>crop-flip for images in training; null or left out = none.</summary>
    public string? Augmentation { get; init; }

    /// <summary>Files of pictures rather than generated bursts.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsImages => Data.ImageSets.Names.Contains(Set);
}
