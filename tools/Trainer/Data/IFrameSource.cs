namespace BcnnSim.Trainer.Data;

/// <summary>
/// A fixed, ordered collection of labelled complex frames on the P-bit grid of the machine.
/// Every member is pure: the same index gives the same frame on any thread, in any order, any number of times.
/// A component u in 0..2^P-1 stands for v = 2u - (2^P - 1); the trainer sees x = v / (2^P - 1) in [-1, 1].
/// Layout of all spans: [channel][y][x], Channels*Height*Width entries.
/// </summary>
public interface IFrameSource
{
    /// <summary>Number of frames.</summary>
    int Count { get; }

    /// <summary>Rows of the map.</summary>
    int Height { get; }

    /// <summary>Columns of the map.</summary>
    int Width { get; }

    /// <summary>Complex channels of the map.</summary>
    int Channels { get; }

    /// <summary>Number of classes.</summary>
    int Classes { get; }

    /// <summary>P in 1..8.</summary>
    int InputBits { get; }

    /// <summary>One name per class, in label order.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Everything that decides the frames, as one canonical text; equal text means equal frames.</summary>
    string Configuration { get; }

    /// <summary>Name of the host transform in network.json.</summary>
    string TransformName { get; }

    /// <summary>Its parameters in network.json.</summary>
    IReadOnlyDictionary<string, double> TransformParameters { get; }

    /// <summary>Writes frame <paramref name="index"/> as grid values in [-1, 1].</summary>
    void Fill(int index, Span<float> re, Span<float> im);

    /// <summary>Writes the same frame as the unsigned P-bit integers that a frame file packs.</summary>
    void FillIntegers(int index, Span<byte> re, Span<byte> im);

    /// <summary>Class of frame <paramref name="index"/>, 0..Classes-1.</summary>
    int Label(int index);

    /// <summary>A number that groups frames in reports: the SNR in dB for radio bursts, NaN for images.</summary>
    float Tag(int index);
}
