namespace BcnnSim.Trainer.Data;

/// <summary>The bytes of one element of a MATLAB file in their order, counted against the length that its tag states.</summary>
internal sealed class MatContent(Stream stream, long bytes)
{
    /// <summary>Bytes that are not taken yet.</summary>
    public long Left { get; private set; } = bytes;

    /// <summary>Adler-32 of the bytes taken.</summary>
    public uint Checksum { get; private set; } = Adler32.Start;

    /// <summary>The next bytes; the caller has looked at <see cref="Left"/>.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before the stated length.</exception>
    public void Take(Span<byte> part)
    {
        stream.ReadExactly(part);
        Left -= part.Length;
        Checksum = Adler32.Append(Checksum, part);
    }

    /// <summary>Goes into an element whose tag was just taken.</summary>
    public void Enter(long length) => Left = length;
}
