using System.Globalization;

namespace BcnnSim.Cli.Traces;

/// <summary>Lines of a stream, one after the other in one buffer: constant memory whatever the length of stream and line.</summary>
internal sealed class LineReader(Stream stream, string name) : IDisposable
{
    /// <summary>A longer line is no line of a trace: it is handed out in pieces of one byte more.</summary>
    public const int MaxLineBytes = 4096;

    private const int BufferBytes = 1 << 18;
    private readonly byte[] buffer = new byte[BufferBytes];
    private int start;
    private int end;
    private int lineStart;
    private bool ended;

    /// <summary>Of the line just read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Without its line end; valid until the next call. False at the end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int length;
        int window;
        while (true)
        {
            window = Math.Min(end - start, MaxLineBytes + 1);
            length = buffer.AsSpan(start, window).IndexOf((byte)'\n');
            if (length >= 0 || window > MaxLineBytes || ended)
            {
                break;
            }

            Fill();
        }

        line = buffer.AsSpan(start, length < 0 ? window : length);
        if (length < 0 && window == 0)
        {
            return false;
        }

        lineStart = start;
        start += length < 0 ? window : length + 1;
        line = line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
        line = Number == 0 && line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        Number++;
        return true;
    }

    /// <summary>The line just read is the next one again.</summary>
    public void Back()
    {
        start = lineStart;
        Number--;
    }

    public void Dispose() => stream.Dispose();

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        int read = Read();
        ended = read == 0;
        end += read;
    }

    private int Read()
    {
        try
        {
            return stream.Read(buffer, end, buffer.Length - end);
        }
        catch (IOException failure)
        {
            throw new InputException(name, string.Create(CultureInfo.InvariantCulture, $"line {Number + 1}"), failure.Message, "the file must be readable to its end", "Check the disk and make the file again");
        }
    }
}
