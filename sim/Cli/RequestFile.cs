using System.Globalization;
using System.Text;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Cli;

/// <summary>
/// Every completed request as a line of CSV, in order of completion, written while they complete. Cycles are of the port's clock, `number`
/// counts the requests of the port from 0.
/// </summary>
internal sealed class RequestFile
{
    public const string Header = "number,port,pseudoChannel,address,bytes,kind,offered,completed,latencyNanoseconds\n";
    private const int BufferBytes = 1 << 16;
    private const int LongestLine = 256;
    private const long Picoseconds = 1_000_000_000;
    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly Stream stream;
    private readonly long kilohertz;
    private int length;

    public RequestFile(Stream stream, long kilohertz)
    {
        this.stream = stream;
        this.kilohertz = kilohertz;
        stream.SetLength(0);
        length = Encoding.ASCII.GetBytes(Header, buffer);
    }

    public void Write(in MemoryRequest request, long number, int port, long offered, long completed)
    {
        if (BufferBytes - length < LongestLine)
        {
            Flush();
        }

        // Whole picoseconds: a cycle of 450 MHz is no decimal fraction.
        long time = (long)(((((Int128)(completed - offered) * Picoseconds * 2) / kilohertz) + 1) / 2);
        Number(number, (byte)',');
        Number(port, (byte)',');
        Number(RequestMeter.PseudoChannelOf(request), (byte)',');
        Append("0x"u8);
        request.Address.TryFormat(buffer.AsSpan(length), out int written, "x", CultureInfo.InvariantCulture);
        length += written;
        Append(","u8);
        Number(request.Bytes, (byte)',');
        Append(request.IsWrite ? "W,"u8 : "R,"u8);
        Number(offered, (byte)',');
        Number(completed, (byte)',');
        Number(time / 1000, (byte)'.');
        (time % 1000).TryFormat(buffer.AsSpan(length), out written, "000", CultureInfo.InvariantCulture);
        length += written;
        Append("\n"u8);
    }

    public void Flush()
    {
        stream.Write(buffer, 0, length);
        length = 0;
    }

    private void Number(long value, byte separator)
    {
        value.TryFormat(buffer.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
        length += written;
        buffer[length++] = separator;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }
}
