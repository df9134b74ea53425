using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Data set, split sizes and host transform.</summary>
public sealed record DataSettings
{
    /// <summary>iq-11 (radio bursts), an image set (fashion-mnist, cifar-10, svhn) or the user's recordings (sigmf, raw-iq, npy).</summary>
    public required string Set { get; init; }

    /// <summary>2016-like, 2018-like or awgn; null for images and recordings.</summary>
    public required string? Channel { get; init; }

    /// <summary>fold, stft, lag or moments; learned-imaginary, zero-imaginary or grey for images.</summary>
    public required string Transform { get; init; }

    /// <summary>P of the input grid.</summary>
    public required int InputBits { get; init; }

    /// <summary>Of the bursts, the splits have streams of their own; of images and recordings, whose split is fixed, the choice and order of a subset.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Samples of one burst; null for images.</summary>
    public required int? Samples { get; init; }

    /// <summary>Class names of radio bursts; null = all eleven; null for images; of recordings every label, in label order.</summary>
    public required IReadOnlyList<string>? Classes { get; init; }

    public required int Train { get; init; }

    public required int Validation { get; init; }

    public required int Test { get; init; }

    /// <summary>Where the files of an image set or the recordings lie; null or left out = where the image set's Debian package puts them.</summary>
    public string? Folder { get; init; }

    /// <summary>Recordings relative to the folder; null or left out = all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>Of raw-iq: cf32_le, ci16_le or ci8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Samples per second: of raw-iq; of sigmf what every recording must say; null or left out = not known, rates may differ.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Rate { get; init; }

    /// <summary>crop-flip for images in training; null or left out = none.</summary>
    public string? Augmentation { get; init; }

    /// <summary>Files of pictures rather than generated bursts.</summary>
    [JsonIgnore]
    public bool IsImages => Data.ImageSets.Names.Contains(Set);

    /// <summary>Recordings of the user's.</summary>
    [JsonIgnore]
    public bool IsCaptures => Data.Captures.CaptureFiles.Names.Contains(Set);
}
