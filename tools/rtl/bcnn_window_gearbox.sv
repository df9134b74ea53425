// SPDX-License-Identifier: MIT
//
// Window memory of the line buffer and what fills it: a compaction stage drops the taps that are
// not kept, a gearbox packs the others across kernel positions into words of InputLanes taps and
// writes what it completes; the remainder of a plane is flushed with its last taps. Twin of
// Hardware/Buffers/WindowBuild.

module bcnn_window_gearbox #(
  parameter int PixelLanes   = 4,
  parameter int InputLanes   = 8,
  parameter int WordChannels = 8,
  parameter int MaxRun       = 3,
  parameter int MaxTaps      = 16,
  parameter int Buffers      = 2,
  parameter int WindowWords  = 16
) (
  input  logic                                      clk_i,
  input  logic                                      rst_ni,

  input  logic                                      append_i,
  input  logic [15:0]                               buffer_i,
  input  logic [15:0]                               taps_i,      // of one plane
  input  logic [15:0]                               total_i,     // words of all planes
  input  logic [7:0]                                channels_i,
  input  logic [7:0]                                run_i,
  input  logic [7:0]                                kept_i,
  input  logic [MaxRun*PixelLanes-1:0]              exists_i,
  input  logic [MaxTaps-1:0]                        keep_i,
  input  logic [MaxRun*PixelLanes*WordChannels-1:0] re_i,
  input  logic [MaxRun*PixelLanes*WordChannels-1:0] im_i,
  output logic [15:0]                               built_o,     // words complete after this append
  output logic                                      done_o,      // all of the tile

  input  logic [15:0]                               read_i,
  output logic [PixelLanes*InputLanes-1:0]          re_o,
  output logic [PixelLanes*InputLanes-1:0]          im_o,
  output logic [PixelLanes*InputLanes-1:0]          mask_o
);

  localparam int Completed   = (InputLanes - 1 + MaxTaps) / InputLanes;  // words of one append at most
  localparam int Wide        = (Completed + 1) * InputLanes;
  localparam int Parts       = 3 * PixelLanes;                           // re, im, mask of every pixel
  localparam int AddressBits = $clog2(Buffers * WindowWords);

  logic [15:0]                 shift_q;
  logic [15:0]                 word_q;
  logic [15:0]                 tap_q;
  logic [Parts*InputLanes-1:0] partial_q;
  logic [Parts*InputLanes-1:0] memory_q [Buffers*WindowWords];

  // Taps of the read, pixel by pixel: columns side by side, then only the kept ones.
  logic [Parts*MaxTaps-1:0] taps;

  always_comb begin
    logic [MaxTaps-1:0] re;
    logic [MaxTaps-1:0] im;
    logic [MaxTaps-1:0] mask;
    logic [15:0]        at;
    logic [15:0]        to;

    taps = '0;
    re   = '0;
    im   = '0;
    mask = '0;
    at   = '0;
    to   = '0;
    for (int p = 0; p < PixelLanes; p++) begin
      re   = '0;
      im   = '0;
      mask = '0;
      at   = '0;
      for (int r = 0; r < MaxRun; r++) begin
        for (int c = 0; c < WordChannels; c++) begin
          if (16'(r) < 16'(run_i) && 16'(c) < 16'(channels_i) && exists_i[r*PixelLanes+p] &&
              at < 16'(MaxTaps)) begin
            re   = re | (MaxTaps'(re_i[(r*PixelLanes+p)*WordChannels+c]) << at);
            im   = im | (MaxTaps'(im_i[(r*PixelLanes+p)*WordChannels+c]) << at);
            mask = mask | (MaxTaps'(1) << at);
          end
          if (16'(r) < 16'(run_i) && 16'(c) < 16'(channels_i)) begin
            at = at + 16'd1;
          end
        end
      end
      to = '0;
      for (int t = 0; t < MaxTaps; t++) begin
        if (keep_i[t]) begin
          taps[p*MaxTaps +: MaxTaps] =
            taps[p*MaxTaps +: MaxTaps] | (MaxTaps'(re[t]) << to);
          taps[(PixelLanes+p)*MaxTaps +: MaxTaps] =
            taps[(PixelLanes+p)*MaxTaps +: MaxTaps] | (MaxTaps'(im[t]) << to);
          taps[(2*PixelLanes+p)*MaxTaps +: MaxTaps] =
            taps[(2*PixelLanes+p)*MaxTaps +: MaxTaps] | (MaxTaps'(mask[t]) << to);
          to = to + 16'd1;
        end
      end
    end
  end

  // Gearbox.
  logic [15:0]                           bits;
  logic [15:0]                           words;
  logic [15:0]                           rest;
  logic                                  flush;
  logic [(Completed+1)*Parts*InputLanes-1:0] packed_words;

  assign bits  = shift_q + 16'(kept_i);
  assign flush = (tap_q + 16'(kept_i) == taps_i);

  always_comb begin
    words = '0;
    rest  = bits;
    for (int k = 0; k < Completed; k++) begin
      if (rest >= 16'(InputLanes)) begin
        words = words + 16'd1;
        rest  = rest - 16'(InputLanes);
      end
    end
  end

  always_comb begin
    logic [Wide-1:0] wide;

    packed_words = '0;
    wide         = '0;
    for (int i = 0; i < Parts; i++) begin
      wide = (Wide'(taps[i*MaxTaps +: MaxTaps]) << shift_q) |
             Wide'(partial_q[i*InputLanes +: InputLanes]);
      for (int k = 0; k <= Completed; k++) begin
        packed_words[(k*Parts+i)*InputLanes +: InputLanes] = wide[k*InputLanes +: InputLanes];
      end
    end
  end

  assign built_o = word_q + words + {15'b0, flush & (rest != 16'd0)};
  assign done_o  = (built_o == total_i);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      shift_q   <= '0;
      word_q    <= '0;
      tap_q     <= '0;
      partial_q <= '0;
    end else if (append_i) begin
      shift_q <= flush ? '0 : rest;
      word_q  <= done_o ? '0 : built_o;
      tap_q   <= flush ? '0 : tap_q + 16'(kept_i);
      for (int k = 0; k <= Completed; k++) begin
        if (16'(k) == words) begin
          partial_q <= flush ? '0 : packed_words[k*Parts*InputLanes +: Parts*InputLanes];
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    for (int k = 0; k <= Completed; k++) begin
      if (append_i && word_q + 16'(k) < built_o) begin
        memory_q[AddressBits'(buffer_i * 16'(WindowWords) + word_q + 16'(k))] <=
          packed_words[k*Parts*InputLanes +: Parts*InputLanes];
      end
    end
  end

  assign {mask_o, im_o, re_o} = memory_q[AddressBits'(read_i)];

`ifdef BCNN_ASSERTIONS
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      assert (!append_i || built_o <= 16'(WindowWords))
        else $error("bcnn_window_gearbox: the window memory is too small for this layer");
    end
  end
`endif

endmodule
